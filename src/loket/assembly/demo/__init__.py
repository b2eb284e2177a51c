"""The demo: a fictive municipality and water board, generated from a seed and openly labelled synthetic."""
