"""What the site consists of: every kind of page, and the plan that lists them all."""
