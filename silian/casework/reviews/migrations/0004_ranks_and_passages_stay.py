"""Rankings, published entries and passages never change."""

from django.db import migrations

TABLES = {"ranking": "ranking", "noticeentry": "notice_entry", "passage": "passage"}
FORWARD = "".join(
    f"CREATE TRIGGER {name}_stays BEFORE UPDATE OR DELETE ON reviews_{table} "
    "FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();\n"
    for table, name in TABLES.items()
)
BACKWARD = "".join(
    f"DROP TRIGGER {name}_stays ON reviews_{table};\n" for table, name in TABLES.items()
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_rankings_and_hearings")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
