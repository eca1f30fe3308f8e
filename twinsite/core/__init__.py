"""Values that travel between the rooms: frozen, made once, never changed. Nothing here touches a disk or a clock."""
