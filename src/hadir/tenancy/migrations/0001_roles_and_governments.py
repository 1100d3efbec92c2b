from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from hadir.tenancy.guard import GuardTable
from hadir.tenancy.roles import make_roles


class Migration(migrations.Migration):
    initial = True

    operations = [
        BtreeGistExtension(),
        migrations.RunPython(lambda apps, editor: make_roles(editor.connection), migrations.RunPython.noop),
        migrations.CreateModel(
            name="Government",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ministry", "Ministry or agency"),
                            ("province", "Province"),
                            ("regency", "Regency"),
                            ("city", "City"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[("WIB", "WIB"), ("WITA", "WITA"), ("WIT", "WIT")], default="WIB", max_length=4
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("helpdesk_phone", models.CharField(blank=True, max_length=40)),
                ("helpdesk_email", models.EmailField(blank=True, max_length=254)),
            ],
        ),
        GuardTable("Government", {"web": "SELECT", "worker": "SELECT", "gate": "SELECT"}),
    ]
