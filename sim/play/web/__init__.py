"""The server of a class: phones, the projector, the teacher's page, and one laptop for many."""
