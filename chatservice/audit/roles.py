"""The application's database role: all rows, except that the audit and the versions of terms only grow.

Run after every migrate, so that new tables get their rights; repeatable.
"""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import ProgrammingError
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from chatservice.audit.errors import RoleMissing

ROLE = "kuulolla_app"
GROWING_ONLY = (
    *("audit_entry", "vault_keycheck", "screening_areaterm"),
    *("statistics_snapshot", "statistics_publishedtext", "bulletins_published", "bulletins_withdrawal"),
)
READ_ONLY = ("django_migrations", "audit_act")
SET_SINCE = 160000  # PostgreSQL 16 tells SET from MEMBER

MAKE_ROLE = sql.SQL(
    """DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another start was faster
END $$"""
)
GRANTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
TABLE_RIGHTS = (
    "REVOKE ALL ON TABLE {table} FROM {role}",
    "GRANT {rights} ON TABLE {table} TO {role}",
)


def prepare_roles(connection: BaseDatabaseWrapper) -> None:
    """Make the role and give it its rights on all tables of the current schema.

    Runs on the connection of the role that owns the tables. Raises RoleMissing with
    the SQL for an administrator when that role may not make roles.
    """
    # One transaction: no other session ever sees the audit with wider rights.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user, current_setting('server_version_num')::int")
        schema, owner, version = cursor.fetchone()
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            _make_role(cursor, owner=owner)
        _let_owner_become_it(cursor, owner=owner, right="SET" if version >= SET_SINCE else "MEMBER")
        names = {"schema": sql.Identifier(schema), "role": sql.Identifier(ROLE)}
        for statement in GRANTS:
            cursor.execute(sql.SQL(statement).format(**names))
        _narrow(cursor, schema=schema, tables=GROWING_ONLY, rights="SELECT, INSERT")
        _narrow(cursor, schema=schema, tables=READ_ONLY, rights="SELECT")


def _make_role(cursor: CursorWrapper, *, owner: str) -> None:
    try:
        cursor.execute(MAKE_ROLE.format(role=sql.Identifier(ROLE)))
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        raise RoleMissing(
            f"The database role {ROLE} is missing and {owner} may not make it. An administrator must run: "
            f'CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO "{owner}";'
        ) from None


def _let_owner_become_it(cursor: CursorWrapper, *, owner: str, right: str) -> None:
    """Where one login does both, it must be able to put on the narrower role."""
    cursor.execute("SELECT pg_has_role(current_user, %s, %s)", [ROLE, right])
    if cursor.fetchone() == (True,):
        return
    try:
        with transaction.atomic(using=cursor.db.alias):
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(ROLE), sql.Identifier(owner)))
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        # Two logins are in use then, and the web's own was made a member by an administrator.


def _narrow(cursor: CursorWrapper, *, schema: str, tables: tuple[str, ...], rights: str) -> None:
    for name in tables:
        cursor.execute("SELECT to_regclass(%s)", [f'"{schema}"."{name}"'])
        if cursor.fetchone() == (None,):
            continue
        parts = {
            "table": sql.Identifier(schema, name),
            "role": sql.Identifier(ROLE),
            "rights": sql.SQL(rights),
        }
        for statement in TABLE_RIGHTS:
            cursor.execute(sql.SQL(statement).format(**parts))
