from django.db import migrations

from hadir.tenancy.guard import third_party_grants


class Migration(migrations.Migration):
    """Grant the tables of sessions, content types and jobs, which no room owns."""

    dependencies = [
        ("accounts", "0003_guard"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(third_party_grants(prefix), migrations.RunSQL.noop)
        for prefix in ("django_session", "django_content_type", "django_migrations", "procrastinate_")
    ]
