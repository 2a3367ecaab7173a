"""Lists taken away as a file.

The app that owns a model declares its columns as data, beside its workflow, in `exports.py`.
"""
