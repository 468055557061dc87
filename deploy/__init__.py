"""How the app is run for many: several processes behind nginx, on one machine, in containers, in a cluster."""
