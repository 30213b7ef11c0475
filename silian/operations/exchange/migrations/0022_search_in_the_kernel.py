from django.db import migrations

# The index of all subjects stands in the kernel now. After this step `silian search rebuild` fills
# it; what the old table held can be computed from the listings.
LEAVE_THE_KERNEL = """
DROP TRIGGER listing_leave_search ON exchange_listing;
CREATE OR REPLACE FUNCTION exchange_leave_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM kernel_searchentry WHERE subject = 'listing' AND object_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER listing_leave_search AFTER UPDATE OF state ON exchange_listing FOR EACH ROW
  WHEN (OLD.state = 'published' AND NEW.state <> 'published')
  EXECUTE FUNCTION exchange_leave_search();
CREATE TRIGGER listing_gone_from_search AFTER DELETE ON exchange_listing FOR EACH ROW
  WHEN (OLD.state = 'published') EXECUTE FUNCTION exchange_leave_search();
"""
LEAVE_THE_HALL = """
DROP TRIGGER listing_gone_from_search ON exchange_listing;
DROP TRIGGER listing_leave_search ON exchange_listing;
CREATE OR REPLACE FUNCTION exchange_leave_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM exchange_searchentry WHERE listing_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER listing_leave_search AFTER UPDATE OF state ON exchange_listing FOR EACH ROW
  WHEN (OLD.state = 'published' AND NEW.state <> 'published')
  EXECUTE FUNCTION exchange_leave_search();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0021_recommendations'),
        ('kernel', '0011_search_entries'),
    ]

    operations = [
        migrations.RunSQL(LEAVE_THE_KERNEL, LEAVE_THE_HALL),
        migrations.DeleteModel(name='SearchEntry'),
    ]
