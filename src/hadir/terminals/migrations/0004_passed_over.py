from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("terminals", "0003_settled")]
    operations = [
        migrations.AddField(
            model_name="rawmessage",
            name="failure",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AlterField(
            model_name="punch",
            name="parked",
            field=models.CharField(blank=True, choices=[('', 'Not kept aside'), ('before_2000', "The terminal's clock stood before the year 2000"), ('clock_reset', "The terminal's clock had been reset (year 2000)"), ('far_future', "The terminal's clock stood in the far future"), ('ahead', 'The time lies more than a day after its arrival'), ('long_ago', 'The time lies before 2015'), ('closed_month', 'The month lies before the open ones and counts no more')], max_length=12),
        ),
        migrations.RunSQL("GRANT UPDATE (failure) ON terminals_rawmessage TO hadir_worker", migrations.RunSQL.noop),
    ]
