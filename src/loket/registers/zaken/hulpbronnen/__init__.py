"""The resources of the Zaken API 1.7.0, declared: what each holds, how it refers, how it is searched and written."""
