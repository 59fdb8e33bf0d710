"""All tables of the review database together, whoever reads or writes them."""

from review.sql import (
    schema,
    schema_log,
    schema_media,
    schema_memory,
    schema_people,
    schema_release,
    schema_work,
)
from review.sql.schema_base import Base

MODULES = (
    schema,
    schema_log,
    schema_media,
    schema_memory,
    schema_people,
    schema_release,
    schema_work,
)
"""A table is known once its module is imported: that is all this does."""

METADATA = Base.metadata
