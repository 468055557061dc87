"""Your model: what do the gates in my model do?"""
