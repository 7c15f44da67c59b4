"""The face of professionals: sign-in, workspace, socket. Never imports the widget."""
