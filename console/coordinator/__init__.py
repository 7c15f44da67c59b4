"""The coordinator's pages: hours, exceptions, school calendars, queues, rota, people, contacts and the load of now."""
