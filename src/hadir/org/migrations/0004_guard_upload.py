from django.db import migrations

from hadir.tenancy.guard import GuardTable, composite_key


class Migration(migrations.Migration):
    """Guard uploads; and let a notice, which lies a storey below, be for a person of its own government only."""

    dependencies = [("org", "0003_people_upload"), ("notices", "0002_guard")]
    operations = [
        GuardTable("PeopleUpload"),
        migrations.RunSQL(
            composite_key("notices_notice", "person_id", "org_person"),
            "ALTER TABLE notices_notice DROP CONSTRAINT notices_notice_person_id_same_government",
        ),
    ]
