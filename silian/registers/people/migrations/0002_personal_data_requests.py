"""The request about one's own data gets a name that data sharing does not use."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people_and_consents")]
    operations = [migrations.RenameModel("DataRequest", "PersonalDataRequest")]
