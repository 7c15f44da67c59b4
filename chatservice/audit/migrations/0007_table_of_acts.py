from django.db import migrations, models

FILL = "INSERT INTO audit_act (name) SELECT DISTINCT action FROM audit_entry"
REFER = (
    "ALTER TABLE audit_entry ADD CONSTRAINT entry_action_known FOREIGN KEY (action) REFERENCES audit_act (name)"
    " ON UPDATE RESTRICT ON DELETE RESTRICT"
)
REFER_NO_MORE = "ALTER TABLE audit_entry DROP CONSTRAINT entry_action_known"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0006_acts_of_publishing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[("name", models.CharField(max_length=40, primary_key=True, serialize=False))],
        ),
        migrations.RemoveConstraint(model_name="entry", name="entry_action_known"),
        migrations.AlterField(model_name="entry", name="action", field=models.CharField(max_length=40)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(REFER, REFER_NO_MORE),
    ]
