from django.db import migrations

from hadir.tenancy.guard import keep_rows


class Migration(migrations.Migration):
    dependencies = [("schedules", "0002_guard")]
    operations = [migrations.RunSQL(keep_rows("schedules_shiftversion", "schedules_workpattern"), migrations.RunSQL.noop)]
