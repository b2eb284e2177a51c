"""The pages of the workbench: the lists, the tasks, one zaak, search."""
