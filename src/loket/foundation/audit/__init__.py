"""What was done, and whose data was used. Two logs that only grow: the trail of acts names the employee; the data-use
log (Logboek Dataverwerkingen) names purpose, activity, role and the pseudonym of whose data it was, never the employee.
"""
