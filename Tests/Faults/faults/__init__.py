"""Disturbs runs of Reprise in every way that a machine can, and judges what becomes of them."""
