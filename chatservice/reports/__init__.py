"""What a frozen snapshot is rendered into: tables, charts, PDF, XLSX, CSV, JSON-stat, bulletins.

Nothing else is read: no database, no clock, no network.
"""
