"""Outside a draft an edition's content is fixed; a published edition only becomes withdrawn."""

from django.db import migrations

CONTENT = (
    "kind",
    "division_id",
    "organisation_id",
    "year",
    "number",
    "title",
    "summary",
    "period_starts_on",
    "period_ends_on",
    "snapshot",
    "needs_approval",
    "corrects_id",
    "author_id",
)
OUT = ("sha256", "submitted_at", "approved_by_id", "approved_at", "published_at", "created_at")


def row(record: str, columns: tuple[str, ...]) -> str:
    return f"({', '.join(f'{record}.{column}' for column in columns)})"


FORWARD = f"""
CREATE FUNCTION silian_edition_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('published', 'withdrawn') THEN
            RAISE EXCEPTION 'edition % is published and stays', OLD.id;
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('published', 'withdrawn') THEN
        IF NOT (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state = 'withdrawn'))
           OR {row("NEW", OUT)} IS DISTINCT FROM {row("OLD", OUT)} THEN
            RAISE EXCEPTION 'edition % is published and stays', OLD.id;
        END IF;
        IF OLD.state = 'withdrawn'
           AND (NEW.withdrawn_at, NEW.withdrawal_reason)
               IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawal_reason) THEN
            RAISE EXCEPTION 'edition % is withdrawn and stays', OLD.id;
        END IF;
    END IF;
    IF OLD.state <> 'draft'
       AND {row("NEW", CONTENT)} IS DISTINCT FROM {row("OLD", CONTENT)} THEN
        RAISE EXCEPTION 'the content of edition % is fixed outside a draft', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON publications_edition
    FOR EACH ROW EXECUTE FUNCTION silian_edition_stays();

CREATE FUNCTION silian_edition_files_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    touched := CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.edition_id]
        WHEN 'DELETE' THEN ARRAY[OLD.edition_id]
        ELSE ARRAY[OLD.edition_id, NEW.edition_id]
    END;
    IF EXISTS (
        SELECT 1 FROM publications_edition WHERE id = ANY (touched) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'the files of edition % are fixed outside a draft', touched;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER edition_files_stay BEFORE INSERT OR UPDATE OR DELETE ON publications_editionfile
    FOR EACH ROW EXECUTE FUNCTION silian_edition_files_stay();
"""
BACKWARD = """
DROP TRIGGER edition_files_stay ON publications_editionfile;
DROP FUNCTION silian_edition_files_stay();
DROP TRIGGER edition_stays ON publications_edition;
DROP FUNCTION silian_edition_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_editions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
