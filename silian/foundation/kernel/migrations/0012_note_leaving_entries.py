from django.db import migrations

# An entry may leave by a trigger of its own table, past every command. The engine outside the
# database learns of it all the same.
NOTE = """
CREATE FUNCTION kernel_note_leaving_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kernel_searchchange (subject, object_id, changed_at)
  VALUES (OLD.subject, OLD.object_id, now());
  RETURN NULL;
END $$;
CREATE TRIGGER search_entry_leaves AFTER DELETE ON kernel_searchentry FOR EACH ROW
  EXECUTE FUNCTION kernel_note_leaving_entry();
"""
FORGET = """
DROP TRIGGER search_entry_leaves ON kernel_searchentry;
DROP FUNCTION kernel_note_leaving_entry;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0011_search_entries'),
    ]

    operations = [
        migrations.RunSQL(NOTE, FORGET),
    ]
