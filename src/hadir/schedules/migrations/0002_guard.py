from django.db import migrations

from hadir.tenancy.guard import GuardTable


class Migration(migrations.Migration):
    dependencies = [("schedules", "0001_initial"), ("org", "0002_guard")]
    operations = [
        GuardTable("Shift"),
        GuardTable("CalendarDay"),
        GuardTable("ShiftVersion", exclusive=("shift_id",)),
        GuardTable("WorkPattern", exclusive=("target",)),
        GuardTable("RosterDay"),
    ]
