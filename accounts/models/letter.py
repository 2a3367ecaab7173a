import uuid

from django.db import models

from common import clock

LONGEST = 320  # characters, as many as a form takes


class Letter(models.Model):
    """What is written to an address about its owner's own account, beside any role they act in.

    Where somebody typed the address, known or not, the row is the same: whoever sends it looks up whose it is. It is
    forgotten once the next one may be written, so that whose address was typed is kept no longer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=LONGEST)  # a mailbox, or a telephone number
    occasion = models.CharField(max_length=64, blank=True)  # one letter for each; empty: one at a time
    facts = models.JSONField(default=dict)  # what it says of the occasion; never a secret
    language = models.CharField(max_length=10)
    written_at = models.DateTimeField(default=clock.now)
    kept_until = models.DateTimeField(db_index=True)  # then the next one may be written

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="letter_once_for_each_occasion", fields=["kind", "address", "occasion"]
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"  # never the address
