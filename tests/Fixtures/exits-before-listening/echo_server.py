print("Nothing to do, goodbye.")
