"""The commands of `call-center-admin`: for whoever runs the line and has a terminal where it runs."""
