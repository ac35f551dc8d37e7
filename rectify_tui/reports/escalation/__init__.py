"""Steps towards whoever lets lines fall behind: settings, lists, suggestions and letters."""
