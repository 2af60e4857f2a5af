"""Runs of the bench and of evaluations: started, watched and cancelled."""
