from django.db import migrations

from hadir.tenancy.guard import keep_rows


class Migration(migrations.Migration):
    dependencies = [("org", "0005_statistics")]
    operations = [migrations.RunSQL(keep_rows("org_identifier", "org_placement", "org_groupmembership", "org_appointment"), migrations.RunSQL.noop)]
