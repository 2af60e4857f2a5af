"""Sources that keep themselves current: fetched into staging, published by the policy team or a rule."""
