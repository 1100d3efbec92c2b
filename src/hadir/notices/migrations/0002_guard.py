from django.db import migrations

from hadir.tenancy.guard import ALL, GuardTable


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        GuardTable("Notice"),
        GuardTable("Mail", {"web": "SELECT, INSERT", "worker": ALL}),
    ]
