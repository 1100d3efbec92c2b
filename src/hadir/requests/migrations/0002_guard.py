from django.db import migrations

from hadir.tenancy.guard import GuardTable


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_initial"), ("org", "0002_guard")]
    operations = [GuardTable("Cover")]
