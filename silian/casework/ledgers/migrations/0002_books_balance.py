"""What no program may break: balanced entries that stay, balances that follow, closed months."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_posting_moves_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledgers_ledgeraccount SET balance = balance + NEW.amount WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER posting_moves_balance AFTER INSERT ON ledgers_posting
    FOR EACH ROW EXECUTE FUNCTION silian_posting_moves_balance();

CREATE FUNCTION silian_balance_follows_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance <> 0 THEN
            RAISE EXCEPTION 'a new account begins at zero';
        END IF;
        RETURN NEW;
    END IF;
    IF pg_trigger_depth() < 2 AND NEW.balance <> OLD.balance THEN
        RAISE EXCEPTION 'the balance of account % moves by postings only', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_follows_postings BEFORE INSERT OR UPDATE ON ledgers_ledgeraccount
    FOR EACH ROW EXECUTE FUNCTION silian_balance_follows_postings();

CREATE FUNCTION silian_books_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books stay as they are: reverse instead of changing %', OLD.id;
END $$;
CREATE TRIGGER posting_stays BEFORE UPDATE OR DELETE ON ledgers_posting
    FOR EACH ROW EXECUTE FUNCTION silian_books_stay();
CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON ledgers_journalentry
    FOR EACH ROW EXECUTE FUNCTION silian_books_stay();

CREATE FUNCTION silian_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry bigint;
    wanted int;
    found int;
BEGIN
    IF TG_TABLE_NAME = 'ledgers_posting' THEN
        entry := NEW.entry_id;
    ELSE
        entry := NEW.id;
    END IF;
    SELECT size INTO wanted FROM ledgers_journalentry WHERE id = entry;
    SELECT count(*) INTO found FROM ledgers_posting WHERE entry_id = entry;
    IF found <> wanted THEN
        RAISE EXCEPTION 'entry % has % postings instead of %', entry, found, wanted;
    END IF;
    IF EXISTS (
        SELECT 1 FROM ledgers_posting posting
        JOIN ledgers_ledgeraccount account ON account.id = posting.account_id
        WHERE posting.entry_id = entry
        GROUP BY account.line_id HAVING sum(posting.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'the postings of entry % do not add up to zero on every line', entry;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER posting_balances AFTER INSERT ON ledgers_posting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION silian_entry_balances();
CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON ledgers_journalentry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION silian_entry_balances();

CREATE FUNCTION silian_closed_month_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ledgers_accountingmonth
        WHERE office_id = NEW.office_id AND state = 'closed'
          AND month = date_trunc('month', NEW.booked_on)::date
    ) THEN
        RAISE EXCEPTION 'the month of % is closed', NEW.booked_on;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed_month_stays BEFORE INSERT ON ledgers_journalentry
    FOR EACH ROW EXECUTE FUNCTION silian_closed_month_stays();
"""
BACKWARD = """
DROP TRIGGER closed_month_stays ON ledgers_journalentry;
DROP FUNCTION silian_closed_month_stays();
DROP TRIGGER journal_entry_balances ON ledgers_journalentry;
DROP TRIGGER posting_balances ON ledgers_posting;
DROP FUNCTION silian_entry_balances();
DROP TRIGGER journal_entry_stays ON ledgers_journalentry;
DROP TRIGGER posting_stays ON ledgers_posting;
DROP FUNCTION silian_books_stay();
DROP TRIGGER balance_follows_postings ON ledgers_ledgeraccount;
DROP FUNCTION silian_balance_follows_postings();
DROP TRIGGER posting_moves_balance ON ledgers_posting;
DROP FUNCTION silian_posting_moves_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0001_funds_and_books")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
