"""Questions as other programs take them: one file a format, each of which writes and reads its own."""
