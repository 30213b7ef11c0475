"""Pay goes to the student alone, and nobody handles a complaint against himself."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_pay_account_is_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.person_id, NEW.holder, NEW.number_index, NEW.number_cipher)
           IS DISTINCT FROM (OLD.person_id, OLD.holder, OLD.number_index, OLD.number_cipher) THEN
            RAISE EXCEPTION 'pay account % stays; close it and open another', OLD.id;
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM people_person WHERE id = NEW.person_id AND name = NEW.holder
    ) THEN
        RAISE EXCEPTION 'the holder of a pay account is the student';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pay_account_is_own BEFORE INSERT OR UPDATE ON placements_studentaccount
    FOR EACH ROW EXECUTE FUNCTION silian_pay_account_is_own();

CREATE FUNCTION silian_payment_reaches_student() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND
       (NEW.pay_record_id, NEW.account_id, NEW.amount, NEW.paid_on, NEW.method)
       IS DISTINCT FROM
       (OLD.pay_record_id, OLD.account_id, OLD.amount, OLD.paid_on, OLD.method) THEN
        RAISE EXCEPTION 'payment % stays; mark it as returned', OLD.id;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM placements_payrecord pay
        JOIN placements_internship internship ON internship.id = pay.internship_id
        JOIN placements_studentaccount account ON account.id = NEW.account_id
        WHERE pay.id = NEW.pay_record_id AND account.person_id = internship.person_id
    ) THEN
        RAISE EXCEPTION 'pay goes to the account of the student alone';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_reaches_student BEFORE INSERT OR UPDATE ON placements_payment
    FOR EACH ROW EXECUTE FUNCTION silian_payment_reaches_student();

CREATE FUNCTION silian_complaint_not_own_judge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM placements_complaintsubject
        WHERE complaint_id = NEW.id AND organisation_id = NEW.handler_id
    ) THEN
        RAISE EXCEPTION 'complaint % is handled by an organisation complained about', NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_not_own_judge BEFORE UPDATE OF handler_id ON placements_complaint
    FOR EACH ROW EXECUTE FUNCTION silian_complaint_not_own_judge();

CREATE FUNCTION silian_complaint_subject_not_handler() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM placements_complaint
        WHERE id = NEW.complaint_id AND handler_id = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'complaint % is handled by an organisation complained about',
            NEW.complaint_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaint_subject_not_handler
    BEFORE INSERT OR UPDATE ON placements_complaintsubject
    FOR EACH ROW EXECUTE FUNCTION silian_complaint_subject_not_handler();
"""
BACKWARD = """
DROP TRIGGER complaint_subject_not_handler ON placements_complaintsubject;
DROP FUNCTION silian_complaint_subject_not_handler();
DROP TRIGGER complaint_not_own_judge ON placements_complaint;
DROP FUNCTION silian_complaint_not_own_judge();
DROP TRIGGER payment_reaches_student ON placements_payment;
DROP FUNCTION silian_payment_reaches_student();
DROP TRIGGER pay_account_is_own ON placements_studentaccount;
DROP FUNCTION silian_pay_account_is_own();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0005_pay_and_rights"),
        ("people", "0003_sex"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
