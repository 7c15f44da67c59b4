"""The database's memory of which key directory it belongs to."""

from django.db import models


class KeyCheck(models.Model):
    """One row: the fingerprint of the key directory this database was started with."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.BinaryField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="keycheck_one_row"),)

    def __str__(self) -> str:
        return "the key directory of this database"
