; The Windows installer: for the signed-in user only, no administrator needed, in Indonesian.
;
;   makensis -DVERSION=0.1.0 -DSOURCE=..\dist\asn-desk -DOUTPUT=..\dist\asn-desk-setup.exe packaging\asn-desk.nsi
;
; Installing over an older version replaces the program and keeps all data. Removing the program keeps them, too: they are the office's
; records and lie in the user's own folder, which this script never touches.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
!ifndef VERSION
  !error "Give the version: -DVERSION=0.1.0"
!endif
!ifndef SOURCE
  !define SOURCE "..\dist\asn-desk"
!endif
!ifndef OUTPUT
  !define OUTPUT "..\dist\asn-desk-setup.exe"
!endif
!define NAME "ASN Desk"
!define PROGRAM "asn-desk.exe"
!define REMOVAL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\ASNDesk"

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${REMOVAL_KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Pemasang ${NAME}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "ASN Desk contributors, MIT"

!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Buka ${NAME} sekarang"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Program ${NAME} akan dihapus dari komputer ini. Data kantor, cadangan dan surat yang sudah diterbitkan TIDAK dihapus."
!define MUI_DIRECTORYPAGE_TEXT_TOP "${NAME} dipasang untuk pengguna ini saja, tanpa hak administrator. Data kantor disimpan terpisah dari folder program."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian"

; Removes an installed program, and only that: its two programs, its inner folder, its remover. No folder is emptied that might be another's.
!macro RemoveProgram
  Delete "$INSTDIR\asn-desk.exe"
  Delete "$INSTDIR\asn-desk-cli.exe"
  Delete "$INSTDIR\hapus.exe"
  RMDir /r "$INSTDIR\_internal"
!macroend

; A file that a running program holds open cannot be opened for writing.
!macro RefuseWhileRunning
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} sedang terbuka. Tutup dahulu program itu, lalu ulangi." /SD IDOK
      SetErrorLevel 2
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section "${NAME}"
  !insertmacro RefuseWhileRunning
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  WriteUninstaller "$INSTDIR\hapus.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${REMOVAL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${REMOVAL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVAL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${REMOVAL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVAL_KEY}" "UninstallString" '"$INSTDIR\hapus.exe"'
  WriteRegStr HKCU "${REMOVAL_KEY}" "QuietUninstallString" '"$INSTDIR\hapus.exe" /S'
  WriteRegDWORD HKCU "${REMOVAL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVAL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${REMOVAL_KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning
  !insertmacro RemoveProgram
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegKey HKCU "${REMOVAL_KEY}"
SectionEnd
