// Opens no session, and names nobody who could.
