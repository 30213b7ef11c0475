"""Encrypt the signing secrets of endpoints with the site's field key, in batches."""

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import migrations

BATCH = 500


def encrypt_secrets(apps, schema_editor):
    cipher = Fernet(settings.FIELD_KEY.split(",")[0].strip())
    endpoints = apps.get_model("exchange", "WebhookEndpoint").objects.filter(secret_cipher="")
    for endpoint in endpoints.iterator(chunk_size=BATCH):
        endpoint.secret_cipher = cipher.encrypt(endpoint.secret.encode()).decode()
        endpoint.save(update_fields=["secret_cipher"])


def decrypt_secrets(apps, schema_editor):
    cipher = Fernet(settings.FIELD_KEY.split(",")[0].strip())
    endpoints = apps.get_model("exchange", "WebhookEndpoint").objects.exclude(secret_cipher="")
    for endpoint in endpoints.iterator(chunk_size=BATCH):
        endpoint.secret = cipher.decrypt(endpoint.secret_cipher.encode()).decode()
        endpoint.save(update_fields=["secret"])


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0017_webhook_secret_cipher'),
    ]

    operations = [migrations.RunPython(encrypt_secrets, decrypt_secrets)]
