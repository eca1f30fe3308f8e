"""What the tests share: small sites, a web server, a browser. Nothing here is published."""
