"""CORE what a professional says of a talk after it: the main topic and their own judgement of the risk, as codes."""
