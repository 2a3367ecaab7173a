from django.db import models


class InsertOnlyQuerySet(models.QuerySet):
    def update(self, **values):
        raise TypeError("What happened is not edited.")

    def delete(self):
        raise TypeError("What happened is not deleted.")


class InsertOnly(models.Model):
    """Rows that are written once, one by one or in bulk, and never after."""

    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("What happened is not edited.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise TypeError("What happened is not deleted.")
