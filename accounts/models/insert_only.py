from django.db import models


class InsertOnly(models.Model):
    """Rows that are written once. What happened is not edited."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("What happened is not edited.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise TypeError("What happened is not deleted.")
