"""Records and access in one SQL database, apart from the library."""

from assistant.adapters.records_sql.access import SqlAccess
from assistant.adapters.records_sql.approved import SqlApproved
from assistant.adapters.records_sql.coverage import SqlCoverage
from assistant.adapters.records_sql.coverage_questions import SqlQuestions
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.quality import SqlQuality
from assistant.adapters.records_sql.records import SqlRecords
from assistant.adapters.records_sql.scenarios import SqlScenarios
from assistant.adapters.records_sql.sources import SqlSources
from assistant.adapters.records_sql.webhooks import SqlWebhooks

__all__ = [
    "RecordsDatabase", "SqlAccess", "SqlApproved", "SqlCoverage", "SqlQuality", "SqlQuestions", "SqlRecords", "SqlScenarios",
    "SqlSources",
    "SqlWebhooks",
]  # fmt: skip
