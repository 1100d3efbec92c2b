from django.db import migrations

from hadir.tenancy.guard import keep_rows


class Migration(migrations.Migration):
    dependencies = [("requests", "0002_guard")]
    operations = [migrations.RunSQL(keep_rows("requests_cover"), migrations.RunSQL.noop)]
