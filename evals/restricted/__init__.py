"""The restricted walk: nobody outside a group can tell that there are documents for it."""
