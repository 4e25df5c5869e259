Attribute VB_Name = "RelayRibbon"
' The ribbon of the add-in of sheets_automation: its buttons work on the workbook that is in front.
Option Explicit

Public Sub RelayPressed(control As IRibbonControl)
    If ActiveWorkbook Is Nothing Then
        ShowError "", "NO_WORKBOOK"
        Exit Sub
    End If
    Select Case control.ID
        Case "RelayPreview": RelayPreview
        Case "RelaySend": RelaySend
        Case "RelayUpdateCredits": RelayUpdateCredits
        Case "RelayImportFile": RelayImportFile
        Case "RelayCheck": RelayCheck
    End Select
End Sub
